package dev.junco.demo;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.app.Activity;
import android.graphics.Bitmap;
import android.graphics.Color;
import android.view.View;
import android.view.ViewGroup;
import android.widget.ImageView;
import android.widget.TextView;
import java.io.IOException;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** Both screens by day and night, in both directions of reading, and for the ear. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 36, qualifiers = Screens.PHONE)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public class AppearanceTest {
    @Test
    public void byDayTheGroundIsLight() throws IOException {
        assertTrue(brightness(Screens.screenshot(drawn(), "draw-day")) > 0.6);
        assertTrue(brightness(Screens.screenshot(Screens.inspect(), "inspect-day")) > 0.6);
    }

    @Test
    @Config(qualifiers = "+night")
    public void byNightTheGroundIsDark() throws IOException {
        DrawActivity draw = drawn();
        InspectActivity inspect = Screens.inspect();
        assertTrue(brightness(Screens.screenshot(draw, "draw-night")) < 0.4);
        assertTrue(brightness(Screens.screenshot(inspect, "inspect-night")) < 0.4);
        for (Activity screen : new Activity[] {draw, inspect}) {
            assertReadable(screen, screen.getWindow().getDecorView());
        }
    }

    @Test
    @Config(qualifiers = "+ar-ldrtl")
    public void rightToLeftMirrorsBothScreens() throws IOException {
        DrawActivity draw = drawn();
        View row = draw.findViewById(R.id.first);
        Screens.screenshot(draw, "draw-right-to-left");
        assertEquals(View.LAYOUT_DIRECTION_RTL, row.getLayoutDirection());
        assertTrue(row.findViewById(R.id.label).getLeft()
                > row.findViewById(R.id.percent).getLeft());
        assertTrue("what the network sees is at the right", left(draw, R.id.input) > left(draw, R.id.results));
        assertTrue("the first button is at the right", left(draw, R.id.example) > left(draw, R.id.clear));

        InspectActivity inspect = Screens.inspect();
        Bitmap picture = Screens.screenshot(inspect, "inspect-right-to-left");
        View facts = inspect.findViewById(R.id.facts);
        assertEquals(View.LAYOUT_DIRECTION_RTL, facts.getLayoutDirection());
        View measure = inspect.findViewById(R.id.measure);
        assertTrue("the button is at the right", left(inspect, R.id.measure) > picture.getWidth() / 2);
        assertTrue(measure.getRight() <= picture.getWidth());
    }

    private static int left(Activity screen, int id) {
        int[] place = new int[2];
        screen.findViewById(id).getLocationInWindow(place);
        return place[0];
    }

    @Test
    public void everythingIsSpoken() throws IOException {
        int spoken = spoken(drawn().getWindow().getDecorView());
        assertTrue("drawing, what the network sees, three rows, three buttons, the menu: " + spoken, spoken >= 9);
        spoken = spoken(Screens.inspect().getWindow().getDecorView());
        assertTrue("the way back, the button, eleven facts: " + spoken, spoken >= 13);
    }

    private static DrawActivity drawn() throws IOException {
        DrawActivity screen = Screens.draw();
        screen.findViewById(R.id.example).performClick();
        Screens.awaitVerdict(screen, "Trouser");
        return screen;
    }

    /** Mean of the picture, from 0 for black to 1. */
    private static double brightness(Bitmap picture) {
        double sum = 0;
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y += 4) {
            for (int x = 0; x < picture.getWidth(); x += 4) {
                sum += Color.luminance(picture.getPixel(x, y));
                count++;
            }
        }
        return sum / count;
    }

    /** No dark text on the dark ground. */
    private static void assertReadable(Activity screen, View view) {
        if (view instanceof TextView
                && view.isShown()
                && ((TextView) view).getText().length() > 0) {
            int color = ((TextView) view).getCurrentTextColor();
            assertTrue(
                    screen.getLocalClassName() + ": '" + ((TextView) view).getText() + "' is "
                            + Integer.toHexString(color),
                    Color.luminance(color) > 0.2);
        }
        if (view instanceof ViewGroup) {
            for (int i = 0; i < ((ViewGroup) view).getChildCount(); i++) {
                assertReadable(screen, ((ViewGroup) view).getChildAt(i));
            }
        }
    }

    /** How many views TalkBack stops at; each of them, and whatever shows a picture, has words. */
    private static int spoken(View view) {
        if (view.getVisibility() != View.VISIBLE) {
            return 0;
        }
        boolean isPicture = view instanceof ImageView || view instanceof DrawView || view instanceof InputView;
        boolean stops = (view.isFocusable() || view.isClickable() || isPicture) && view.isImportantForAccessibility();
        boolean isContainer = view instanceof ViewGroup && !view.isClickable() && !hasDescription(view);
        int count = 0;
        if (stops && !isContainer) {
            boolean hasText =
                    view instanceof TextView && ((TextView) view).getText().length() > 0;
            assertTrue("nothing to say about " + view, hasDescription(view) || hasText);
            count = 1;
        }
        if (view instanceof ViewGroup) {
            for (int i = 0; i < ((ViewGroup) view).getChildCount(); i++) {
                count += spoken(((ViewGroup) view).getChildAt(i));
            }
        }
        return count;
    }

    private static boolean hasDescription(View view) {
        return view.getContentDescription() != null
                && view.getContentDescription().length() > 0;
    }
}
