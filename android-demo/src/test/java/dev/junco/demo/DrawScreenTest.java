package dev.junco.demo;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import android.content.Intent;
import android.content.pm.PackageManager;
import android.content.res.Configuration;
import android.os.Bundle;
import android.os.Parcel;
import android.view.View;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** The first screen on the real framework's code, from touch to pixels. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 36, qualifiers = Screens.PHONE)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public class DrawScreenTest {
    @Test
    public void aDrawnGarmentIsNamed() throws IOException {
        DrawActivity screen = Screens.draw();
        Screens.awaitHint(screen);
        Screens.draw(screen, Screens.drawing("Trouser").strokes());
        Screens.awaitVerdict(screen, "Trouser");
        assertEquals(View.VISIBLE, screen.findViewById(R.id.results).getVisibility());
        screen.findViewById(R.id.undo).performClick();
        assertEquals(0, Screens.points(screen).length);
        Screens.awaitHint(screen);
    }

    @Test
    public void theDrawingSurvivesRotation() throws IOException {
        ActivityController<DrawActivity> controller =
                Robolectric.buildActivity(DrawActivity.class).setup();
        DrawActivity screen = controller.get();
        Screens.draw(screen, Screens.drawing("Trouser").strokes());
        Screens.awaitVerdict(screen, "Trouser");
        int[] points = Screens.points(screen);
        RuntimeEnvironment.setQualifiers("+w800dp-h400dp-land");
        controller.configurationChange(new Configuration(
                RuntimeEnvironment.getApplication().getResources().getConfiguration()));
        DrawActivity turned = controller.get();
        assertNotEquals(screen, turned);
        assertArrayEquals(points, Screens.points(turned));
        Screens.awaitVerdict(turned, "Trouser");
        Screens.screenshot(turned, "draw-landscape");
    }

    @Test
    public void theDrawingSurvivesTheEndOfTheProcess() throws IOException {
        ActivityController<DrawActivity> controller =
                Robolectric.buildActivity(DrawActivity.class).setup();
        DrawActivity screen = controller.get();
        screen.findViewById(R.id.example).performClick();
        Screens.awaitVerdict(screen, "Trouser");
        int[] points = Screens.points(screen);
        Bundle state = new Bundle();
        controller.saveInstanceState(state).pause().stop().destroy();

        // Another process has the bytes of the state, and an engine that has loaded nothing.
        DemoApplication reborn = (DemoApplication) RuntimeEnvironment.getApplication();
        Engine engine = reborn.engine();
        reborn.onCreate();
        assertNotEquals(engine, reborn.engine());
        DrawActivity next = Robolectric.buildActivity(DrawActivity.class)
                .setup(throughBytes(state))
                .get();
        assertArrayEquals(points, Screens.points(next));
        Screens.awaitVerdict(next, "Trouser");
        // The next example, not the first again.
        next.findViewById(R.id.example).performClick();
        Screens.awaitVerdict(next, ClassifierTest.drawings().get(1).label());
    }

    private static Bundle throughBytes(Bundle state) {
        Parcel parcel = Parcel.obtain();
        parcel.writeBundle(state);
        byte[] bytes = parcel.marshall();
        parcel.recycle();
        assertTrue("a state of " + bytes.length + " bytes", bytes.length < 100_000);
        Parcel other = Parcel.obtain();
        other.unmarshall(bytes, 0, bytes.length);
        other.setDataPosition(0);
        Bundle read = other.readBundle(DrawActivity.class.getClassLoader());
        other.recycle();
        return read;
    }

    @Test
    public void everyExampleIsNamed() throws IOException {
        DrawActivity screen = Screens.draw();
        for (Drawings.Drawing drawing : ClassifierTest.drawings()) {
            screen.findViewById(R.id.example).performClick();
            Screens.awaitVerdict(screen, drawing.label());
        }
        screen.findViewById(R.id.clear).performClick();
        Screens.awaitHint(screen);
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
            Screens.await(() -> answer.get() != null);
            assertEquals(golden.bits(), answer.get());
        }
    }

    @Test
    public void backLeavesTheAppEvenWhileItThinks() throws IOException {
        ActivityController<DrawActivity> controller =
                Robolectric.buildActivity(DrawActivity.class).setup();
        DrawActivity screen = controller.get();
        Screens.draw(screen, Screens.drawing("Trouser").strokes());
        assertFalse(screen.isFinishing());
        Screens.back(screen);
        assertTrue(screen.isFinishing());
        controller.pause().stop().destroy();
        // The answer comes to a screen that is gone, and a new one starts empty.
        DrawActivity next = Screens.draw();
        Screens.awaitHint(next);
        assertEquals(0, Screens.points(next).length);
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
    public void theMenuLeadsToTheModel() {
        DrawActivity screen = Screens.draw();
        assertTrue(Shadows.shadowOf(screen).clickMenuItem(R.id.inspect));
        assertEquals(
                InspectActivity.class.getName(),
                Shadows.shadowOf(screen).getNextStartedActivity().getComponent().getClassName());
    }
}
