package dev.junco.demo;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.app.Activity;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.os.Looper;
import android.os.SystemClock;
import android.util.DisplayMetrics;
import android.view.KeyEvent;
import android.view.MotionEvent;
import android.view.View;
import android.view.ViewGroup;
import android.widget.TextView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.robolectric.Robolectric;
import org.robolectric.Shadows;

/** What a finger and an eye do with a screen. */
final class Screens {
    static final String PHONE = "w400dp-h800dp-port-notnight-xhdpi";

    private static final long PATIENCE_MILLIS = 60_000;

    private Screens() {}

    static DrawActivity draw() {
        return Robolectric.buildActivity(DrawActivity.class).setup().get();
    }

    /** The screen, once it has told all that it knows of the model. */
    static InspectActivity inspect() {
        InspectActivity screen =
                Robolectric.buildActivity(InspectActivity.class).setup().get();
        awaitFacts(screen);
        return screen;
    }

    static void awaitFacts(Activity screen) {
        await(() -> screen.findViewById(R.id.measure).getVisibility() == View.VISIBLE);
    }

    static Drawings.Drawing drawing(String label) throws IOException {
        return ClassifierTest.drawings().stream()
                .filter(drawing -> drawing.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /** Touches the screen as a finger that follows the strokes. */
    static void draw(Activity screen, Strokes strokes) {
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

    /** Presses the back key. */
    static void back(Activity screen) {
        screen.dispatchKeyEvent(new KeyEvent(KeyEvent.ACTION_DOWN, KeyEvent.KEYCODE_BACK));
        screen.dispatchKeyEvent(new KeyEvent(KeyEvent.ACTION_UP, KeyEvent.KEYCODE_BACK));
        Shadows.shadowOf(Looper.getMainLooper()).idle();
    }

    static int[] points(Activity screen) {
        return ((DrawView) screen.findViewById(R.id.drawing)).strokes().toArray();
    }

    static void awaitVerdict(Activity screen, String label) {
        await(() -> textOf(screen, R.id.verdict).equals(screen.getString(R.string.verdict, label)));
    }

    static void awaitHint(Activity screen) {
        await(() -> textOf(screen, R.id.verdict).equals(screen.getString(R.string.hint)));
        assertEquals(View.INVISIBLE, screen.findViewById(R.id.results).getVisibility());
    }

    /** Runs the main thread until what the model's thread owes it has come. */
    static void await(BooleanSupplier done) {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!done.getAsBoolean()) {
            assertTrue("waited in vain", System.nanoTime() < end);
            Shadows.shadowOf(Looper.getMainLooper()).idle();
            LockSupport.parkNanos(1_000_000);
        }
    }

    static String textOf(Activity screen, int id) {
        return ((TextView) screen.findViewById(id)).getText().toString();
    }

    /** All facts of the screen about the model. */
    static String facts(Activity screen) {
        ViewGroup group = screen.findViewById(R.id.facts);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < group.getChildCount(); i++) {
            text.append(((TextView) group.getChildAt(i)).getText()).append('\n');
        }
        return text.toString();
    }

    /** A picture of the screen in {@code target/screenshots}. */
    static Bitmap screenshot(Activity screen, String name) throws IOException {
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
        return bitmap;
    }

    private static int exactly(int pixels) {
        return View.MeasureSpec.makeMeasureSpec(pixels, View.MeasureSpec.EXACTLY);
    }
}
