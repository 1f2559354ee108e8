package dev.junco.demo;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import android.app.Activity;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.content.res.Configuration;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.os.Bundle;
import android.os.Looper;
import android.os.SystemClock;
import android.util.DisplayMetrics;
import android.view.MotionEvent;
import android.view.View;
import android.view.ViewGroup;
import android.widget.TextView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** The screens on the real framework's code, from touch to pixels. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 36, qualifiers = "w400dp-h800dp-port-notnight-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public class ScreensTest {
    private static final long PATIENCE_MILLIS = 60_000;

    @Test
    public void aDrawnGarmentIsNamedAndTheDrawingSurvives() throws IOException {
        ActivityController<DrawActivity> controller =
                Robolectric.buildActivity(DrawActivity.class).setup();
        DrawActivity screen = controller.get();
        await(() -> textOf(screen, R.id.verdict).equals(screen.getString(R.string.hint)));
        Drawings.Drawing trouser = drawing("Trouser");
        draw(screen, trouser.strokes());
        awaitVerdict(screen, "Trouser");
        assertEquals(View.VISIBLE, screen.findViewById(R.id.results).getVisibility());
        screenshot(screen, "draw");
        int[] points = points(screen);

        // Rotation makes another activity of the saved state.
        RuntimeEnvironment.setQualifiers("+w800dp-h400dp-land");
        controller.configurationChange(new Configuration(
                RuntimeEnvironment.getApplication().getResources().getConfiguration()));
        DrawActivity turned = controller.get();
        assertNotEquals(screen, turned);
        assertArrayEquals(points, points(turned));
        awaitVerdict(turned, "Trouser");
        screenshot(turned, "draw-landscape");

        // So does the end of the process.
        Bundle state = new Bundle();
        controller.saveInstanceState(state).pause().stop().destroy();
        DrawActivity reborn =
                Robolectric.buildActivity(DrawActivity.class).setup(state).get();
        assertArrayEquals(points, points(reborn));
        awaitVerdict(reborn, "Trouser");

        reborn.findViewById(R.id.undo).performClick();
        assertEquals(0, points(reborn).length);
        awaitVerdictGone(reborn);
    }

    @Test
    public void everyExampleIsNamed() throws IOException {
        DrawActivity screen =
                Robolectric.buildActivity(DrawActivity.class).setup().get();
        for (Drawings.Drawing drawing : ClassifierTest.drawings()) {
            screen.findViewById(R.id.example).performClick();
            awaitVerdict(screen, drawing.label());
        }
        screen.findViewById(R.id.clear).performClick();
        awaitVerdictGone(screen);
    }

    @Test
    public void theMappedAssetAnswersAsTheDesktopDid() throws IOException {
        Engine engine = ((DemoApplication) RuntimeEnvironment.getApplication()).engine();
        for (Golden golden : Golden.all()) {
            AtomicReference<String> answer = new AtomicReference<>();
            engine.ask(
                    classifier -> {
                        assertTrue(classifier.model().fileBytes() > 0);
                        return Golden.bits(classifier.classify(golden.pixels()));
                    },
                    answer::set,
                    trouble -> answer.set(trouble.toString()));
            await(() -> answer.get() != null);
            assertEquals(golden.bits(), answer.get());
        }
    }

    @Test
    @Config(qualifiers = "+night")
    public void inspectTellsAndMeasures() throws IOException {
        DrawActivity first =
                Robolectric.buildActivity(DrawActivity.class).setup().get();
        assertTrue(Shadows.shadowOf(first).clickMenuItem(R.id.inspect));
        assertEquals(
                InspectActivity.class.getName(),
                Shadows.shadowOf(first).getNextStartedActivity().getComponent().getClassName());

        InspectActivity screen =
                Robolectric.buildActivity(InspectActivity.class).setup().get();
        await(() -> screen.findViewById(R.id.measure).getVisibility() == View.VISIBLE);
        String facts = text(screen.findViewById(R.id.facts));
        for (String expected : new String[] {
            "Garments",
            "Ankle boot",
            "26,",
            "image: float32 1×28×28×1",
            "Conv2D",
            screen.getString(R.string.self_test_passed)
        }) {
            assertTrue("no '" + expected + "' in:\n" + facts, facts.contains(expected));
        }
        screen.findViewById(R.id.measure).performClick();
        await(() -> screen.findViewById(R.id.measure).isEnabled());
        assertTrue(textOf(screen, R.id.result).contains("200"));
        screenshot(screen, "inspect-night");
        assertTrue(Shadows.shadowOf(screen).clickMenuItem(android.R.id.home));
        assertTrue(screen.isFinishing());
    }

    @Test
    @Config(qualifiers = "+ar-ldrtl")
    public void rightToLeftMirrorsTheScreenAndEverythingIsSpoken() throws IOException {
        DrawActivity screen =
                Robolectric.buildActivity(DrawActivity.class).setup().get();
        screen.findViewById(R.id.example).performClick();
        awaitVerdict(screen, "Trouser");
        View row = screen.findViewById(R.id.first);
        assertEquals(View.LAYOUT_DIRECTION_RTL, row.getLayoutDirection());
        screenshot(screen, "draw-right-to-left");
        assertTrue(row.findViewById(R.id.label).getLeft()
                > row.findViewById(R.id.percent).getLeft());
        assertSpoken(screen.getWindow().getDecorView());
    }

    @Test
    public void theLauncherFindsNameAndIcon() {
        PackageManager packages = RuntimeEnvironment.getApplication().getPackageManager();
        Intent launch = packages.getLaunchIntentForPackage("dev.junco.demo");
        assertEquals(DrawActivity.class.getName(), launch.getComponent().getClassName());
        assertEquals(
                "Junco garments",
                packages.getApplicationLabel(RuntimeEnvironment.getApplication().getApplicationInfo()));
        assertNotNull(RuntimeEnvironment.getApplication().getDrawable(R.drawable.icon));
    }

    @Test
    @Config(application = Models.Damaged.class)
    public void aDamagedModelIsASentence() throws IOException {
        assertSentence("is damaged");
    }

    @Test
    @Config(application = Models.Truncated.class)
    public void aTruncatedModelIsASentence() throws IOException {
        assertSentence("is damaged");
    }

    @Test
    @Config(application = Models.Missing.class)
    public void aMissingModelIsASentence() throws IOException {
        assertSentence("garments.junco is missing");
    }

    @Test
    @Config(application = Models.Huge.class)
    public void tooLittleMemoryIsASentence() throws IOException {
        assertSentence("not enough memory");
    }

    /** Both screens say it and go on living. */
    private static void assertSentence(String expected) throws IOException {
        DrawActivity screen =
                Robolectric.buildActivity(DrawActivity.class).setup().get();
        await(() -> textOf(screen, R.id.verdict).contains(expected));
        draw(screen, drawing("Trouser").strokes());
        await(() -> textOf(screen, R.id.verdict).contains(expected));
        assertNotEquals(View.VISIBLE, screen.findViewById(R.id.results).getVisibility());
        InspectActivity inspect =
                Robolectric.buildActivity(InspectActivity.class).setup().get();
        await(() -> textOf(inspect, R.id.result).contains(expected));
        assertFalse(screen.isFinishing() || inspect.isFinishing());
    }

    private static Drawings.Drawing drawing(String label) throws IOException {
        return ClassifierTest.drawings().stream()
                .filter(drawing -> drawing.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /** Touches the screen as a finger that follows the strokes. */
    private static void draw(Activity screen, Strokes strokes) {
        View view = screen.findViewById(R.id.drawing);
        for (int i = 0; i < strokes.size(); i++) {
            boolean ends = i + 1 == strokes.size() || strokes.begins(i + 1);
            touch(view, strokes.begins(i) ? MotionEvent.ACTION_DOWN : MotionEvent.ACTION_MOVE, strokes, i);
            if (ends) {
                touch(view, MotionEvent.ACTION_UP, strokes, i);
            }
        }
    }

    private static void touch(View view, int action, Strokes strokes, int point) {
        long now = SystemClock.uptimeMillis();
        float x = strokes.x(point) * view.getWidth();
        float y = strokes.y(point) * view.getHeight();
        MotionEvent event = MotionEvent.obtain(now, now, action, x, y, 0);
        assertTrue(view.dispatchTouchEvent(event));
        event.recycle();
    }

    private static int[] points(Activity screen) {
        return ((DrawView) screen.findViewById(R.id.drawing)).strokes().toArray();
    }

    private static void awaitVerdict(Activity screen, String label) {
        await(() -> textOf(screen, R.id.verdict).equals(screen.getString(R.string.verdict, label)));
    }

    private static void awaitVerdictGone(Activity screen) {
        await(() -> textOf(screen, R.id.verdict).equals(screen.getString(R.string.hint)));
        assertEquals(View.INVISIBLE, screen.findViewById(R.id.results).getVisibility());
    }

    /** Runs the main thread until what the model's thread owes it has come. */
    private static void await(BooleanSupplier done) {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!done.getAsBoolean()) {
            assertTrue("waited in vain", System.nanoTime() < end);
            Shadows.shadowOf(Looper.getMainLooper()).idle();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    private static String textOf(Activity screen, int id) {
        return ((TextView) screen.findViewById(id)).getText().toString();
    }

    private static String text(ViewGroup group) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < group.getChildCount(); i++) {
            text.append(((TextView) group.getChildAt(i)).getText()).append('\n');
        }
        return text.toString();
    }

    /** Whatever can take TalkBack's focus has words. */
    private static void assertSpoken(View view) {
        if (view.getVisibility() != View.VISIBLE) {
            return;
        }
        boolean hasWords = view.getContentDescription() != null
                || view instanceof TextView && ((TextView) view).getText().length() > 0;
        boolean isGroup = view instanceof ViewGroup && !view.isClickable() && view.getContentDescription() == null;
        assertTrue(
                "nothing to say about " + view,
                hasWords
                        || isGroup
                        || !view.isImportantForAccessibility()
                        || !view.isFocusable() && !view.isClickable());
        if (view instanceof ViewGroup) {
            for (int i = 0; i < ((ViewGroup) view).getChildCount(); i++) {
                assertSpoken(((ViewGroup) view).getChildAt(i));
            }
        }
    }

    private static void screenshot(Activity screen, String name) throws IOException {
        View decor = screen.getWindow().getDecorView();
        DisplayMetrics size = screen.getResources().getDisplayMetrics();
        if (decor.getWidth() == 0) { // Robolectric lays out what it has set up, not what comes of a rotation
            decor.measure(exactly(size.widthPixels), exactly(size.heightPixels));
            decor.layout(0, 0, size.widthPixels, size.heightPixels);
        }
        Bitmap bitmap = Bitmap.createBitmap(size.widthPixels, size.heightPixels, Bitmap.Config.ARGB_8888);
        decor.draw(new Canvas(bitmap));
        Path folder = Golden.target().resolve("screenshots");
        Files.createDirectories(folder);
        try (OutputStream file = Files.newOutputStream(folder.resolve(name + ".png"))) {
            assertTrue(bitmap.compress(Bitmap.CompressFormat.PNG, 100, file));
        }
    }

    private static int exactly(int pixels) {
        return View.MeasureSpec.makeMeasureSpec(pixels, View.MeasureSpec.EXACTLY);
    }
}
