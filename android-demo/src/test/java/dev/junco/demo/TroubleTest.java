package dev.junco.demo;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import android.view.View;
import java.io.IOException;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** Whatever is wrong with the model, both screens say it in a sentence and go on living. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 36, qualifiers = Screens.PHONE)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public class TroubleTest {
    @Test
    @Config(application = Models.Damaged.class)
    public void aDamagedModelIsASentence() throws IOException {
        assertSentence("is damaged", "trouble-damaged");
    }

    @Test
    @Config(application = Models.Truncated.class)
    public void aTruncatedModelIsASentence() throws IOException {
        assertSentence("is damaged", "trouble-truncated");
    }

    @Test
    @Config(application = Models.Empty.class)
    public void anEmptyModelIsASentence() throws IOException {
        assertSentence("is damaged", "trouble-empty");
    }

    @Test
    @Config(application = Models.Missing.class)
    public void aMissingModelIsASentence() throws IOException {
        assertSentence("garments.junco is missing", "trouble-missing");
    }

    @Test
    @Config(application = Models.Huge.class)
    public void aModelBeyondAllMemoryIsASentence() throws IOException {
        assertSentence("Close other apps", "trouble-memory");
    }

    @Test
    @Config(application = Models.Heavy.class)
    public void memoryThatRunsOutIsASentence() throws IOException {
        assertSentence("Close other apps", "trouble-heap");
    }

    private static void assertSentence(String expected, String picture) throws IOException {
        DrawActivity screen = Screens.draw();
        Screens.await(() -> Screens.textOf(screen, R.id.verdict).contains(expected));
        Screens.screenshot(screen, picture);
        Screens.draw(screen, Screens.drawing("Trouser").strokes());
        Screens.await(() -> Screens.textOf(screen, R.id.verdict).contains(expected));
        assertNotEquals(View.VISIBLE, screen.findViewById(R.id.results).getVisibility());
        InspectActivity inspect =
                Robolectric.buildActivity(InspectActivity.class).setup().get();
        Screens.await(() -> Screens.textOf(inspect, R.id.result).contains(expected));
        assertNotEquals(View.VISIBLE, inspect.findViewById(R.id.measure).getVisibility());
        assertFalse(screen.isFinishing() || inspect.isFinishing());
        Screens.back(inspect);
        assertTrue(inspect.isFinishing());
    }
}
