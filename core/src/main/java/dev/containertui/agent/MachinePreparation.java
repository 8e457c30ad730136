package dev.containertui.agent;

import java.util.Optional;

/**
 * What a machine does ahead to be kept as a template (PROTOCOL.md section 6).
 *
 * @param rootDisk serial of the image's disk, or of what stands for it
 * @param upperDisk serial of the writable disk, which is mounted; empty: it is left alone
 * @param address {@code a.b.c.d/len} and
 * @param gateway that containers will have; one that has others can still be set up
 * @param join whether the root disk is that of the containers' image already, and is mounted too
 * @param program with {@code join}: what is read ahead from it
 */
public record MachinePreparation(
    String rootDisk,
    Optional<String> upperDisk,
    String address,
    String gateway,
    boolean join,
    Optional<ReadAhead> program) {
  byte[] encode() {
    FieldsBuilder fields =
        new FieldsBuilder("a preparation")
            .string(Tag.ROOT_DISK, rootDisk)
            .string(Tag.ADDRESS, address)
            .string(Tag.GATEWAY, gateway)
            .u32(Tag.JOIN, join ? 1 : 0);
    upperDisk.ifPresent(serial -> fields.string(Tag.UPPER_DISK, serial));
    program.ifPresent(
        one -> fields.string(Tag.PROGRAM, one.program()).string(Tag.PROGRAM_PATH, one.path()));
    return fields.build();
  }
}
