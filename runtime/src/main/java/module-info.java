/** Runs neural networks on any JVM and on Android, without native code. */
module dev.junco.runtime {
  requires static jdk.incubator.vector;
  requires flatbuffers.java;

  exports dev.junco.runtime;
}
