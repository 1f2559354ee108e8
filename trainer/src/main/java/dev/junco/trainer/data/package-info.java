/**
 * Data on its way into training: data sets in memory, readers for IDX, CSV, NPY and image files, recorded
 * normalisation, and mini-batches whose order is a function of a seed.
 *
 * <p>Foreign bytes and text meet the trainer here. Whatever is wrong with them comes out as a {@link
 * dev.junco.trainer.data.DataException} whose message is one sentence for the person who has the file.
 */
package dev.junco.trainer.data;
