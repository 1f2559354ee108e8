package dev.junco.demo;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import android.content.res.Configuration;
import android.os.Bundle;
import java.io.IOException;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** The screen about the model. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 36, qualifiers = Screens.PHONE)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public class InspectScreenTest {
    @Test
    public void tellsWhatTheModelIs() {
        InspectActivity screen = Screens.inspect();
        String facts = Screens.facts(screen);
        for (String expected : new String[] {
            "Garments",
            "Ankle boot",
            "29,",
            "image: float32 1×28×28×1",
            "Conv2D",
            screen.getString(R.string.self_test_passed)
        }) {
            assertTrue("no '" + expected + "' in:\n" + facts, facts.contains(expected));
        }
    }

    @Test
    @Config(application = Models.OtherAnswers.class)
    public void tellsThatTheDeviceComputesSomethingElse() {
        String facts = Screens.facts(Screens.inspect());
        assertTrue(facts, facts.contains("Failed: number 6 of probabilities is 0.96"));
    }

    @Test
    @Config(application = Models.WithoutSelfTest.class)
    public void tellsThatThereIsNoSelfTest() {
        InspectActivity screen = Screens.inspect();
        assertTrue(Screens.facts(screen).contains(screen.getString(R.string.self_test_absent)));
    }

    @Test
    public void measuresAndKeepsItThroughRotationAndTheEndOfTheProcess() {
        ActivityController<InspectActivity> controller =
                Robolectric.buildActivity(InspectActivity.class).setup();
        InspectActivity screen = controller.get();
        Screens.awaitFacts(screen);
        assertEquals("", Screens.textOf(screen, R.id.result));
        screen.findViewById(R.id.measure).performClick();
        assertFalse(screen.findViewById(R.id.measure).isEnabled());
        awaitMeasured(screen);

        RuntimeEnvironment.setQualifiers("+w800dp-h400dp-land");
        controller.configurationChange(new Configuration(
                RuntimeEnvironment.getApplication().getResources().getConfiguration()));
        InspectActivity turned = controller.get();
        assertNotEquals(screen, turned);
        awaitMeasured(turned);

        Bundle state = new Bundle();
        controller.saveInstanceState(state).pause().stop().destroy();
        ((DemoApplication) RuntimeEnvironment.getApplication()).onCreate();
        awaitMeasured(
                Robolectric.buildActivity(InspectActivity.class).setup(state).get());
    }

    private static void awaitMeasured(InspectActivity screen) {
        Screens.await(() -> Screens.textOf(screen, R.id.result).contains("200 runs"));
        assertTrue(screen.findViewById(R.id.measure).isEnabled());
    }

    @Test
    public void backAndUpReturnToTheDrawingWhichIsStillThere() throws IOException {
        DrawActivity first = Screens.draw();
        first.findViewById(R.id.example).performClick();
        Screens.awaitVerdict(first, "Trouser");
        int points = Screens.points(first).length;
        InspectActivity screen = Screens.inspect();
        Screens.back(screen);
        assertTrue(screen.isFinishing());
        InspectActivity again = Screens.inspect();
        assertTrue(Shadows.shadowOf(again).clickMenuItem(android.R.id.home));
        assertTrue(again.isFinishing());
        assertFalse(first.isFinishing());
        assertEquals(points, Screens.points(first).length);
    }
}
