package dev.containertui.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomTreeTest {
  private static final UUID ID = new UUID(7, 8);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyTreeIsCleanAndReadsBackAsItWasWritten(long seed) throws IOException {
    Path image = directory.resolve("tree.ext4");
    RandomTree tree = new RandomTree(seed);
    write(image, tree, seed % 2 == 0 ? Ext4Options.fitted(ID) : Ext4Options.writable(1L << 30, ID));
    Judges.assertClean(image);
    if (seed % 2 == 0) {
      try (Ext4Reader reader = Ext4Reader.open(image)) {
        tree.assertSameAs(reader);
      }
    }
  }

  @Test
  void theSameOperationsGiveTheSameBytes() throws IOException {
    Path first = directory.resolve("1.ext4");
    Path second = directory.resolve("2.ext4");
    write(first, new RandomTree(42), Ext4Options.fitted(ID));
    write(second, new RandomTree(42), Ext4Options.fitted(ID));
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
  }

  private static void write(Path image, RandomTree tree, Ext4Options options) throws IOException {
    try (Ext4Writer writer = Ext4Writer.create(image, options)) {
      tree.grow(writer, 500);
      writer.finish();
    }
  }
}
