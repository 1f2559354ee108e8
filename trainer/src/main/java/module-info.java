/** Trains networks, and the {@code junco} command. */
module dev.junco.trainer {
  requires transitive dev.junco.converter;
}
