package dev.junco.demo;

import android.content.res.Resources;
import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.UnsupportedModelException;
import java.io.FileNotFoundException;

/** Says in a sentence why the model cannot be used. */
final class Trouble {
    private Trouble() {}

    static String sentence(Resources resources, Throwable trouble) {
        if (trouble instanceof OutOfMemoryError || trouble.getCause() instanceof OutOfMemoryError) {
            return resources.getString(R.string.trouble_memory);
        }
        if (trouble instanceof FileNotFoundException) {
            return resources.getString(R.string.trouble_missing, DemoApplication.MODEL);
        }
        String message = String.valueOf(trouble.getMessage());
        if (trouble instanceof ModelFormatException) {
            return resources.getString(R.string.trouble_damaged, message);
        }
        if (trouble instanceof UnsupportedModelException) {
            return resources.getString(R.string.trouble_unsupported, message);
        }
        return resources.getString(R.string.trouble_other, message);
    }
}
