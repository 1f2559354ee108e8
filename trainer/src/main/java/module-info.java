/** Trains networks, and the {@code junco} command. */
module dev.junco.trainer {
  requires transitive dev.junco.converter;
  // Counts the bytes that a thread allocates.
  requires jdk.management;

  exports dev.junco.trainer.data;
}
