/* Measures a guest's time stamp counter against its local APIC's timer; see ClockProbe.java, which has
   the assembled bytes. 32-bit protected mode, flat segments, no paging, no stack: the state at a PVH
   entry point. Loaded at 1 MiB, with zeroed memory behind it.

   QEMU's APIC timer counts nanoseconds down when it is divided by 1. A sample is that counter, read
   between two readings of the time stamp counter; of many, the one with the narrowest bracket is kept.

   Written to port 0xe9, little-endian, two times, 50 ms apart:
     u64 time stamp before, u64 time stamp after, u32 nanoseconds left
   Then 0x10 to port 0xf4, which ends QEMU with status 33. */
	.code32
	.set APIC, 0xfee00000
	.set SAMPLES, 256
	.set PAUSE_NS, 50000000
	.set rounds, 0x101000
	.set best, 0x101004
	.set result, 0x101008
	.set RESULT_BYTES, 20

start:
	movl $APIC, %esi
	movl $0x1ff, 0xf0(%esi)		/* spurious interrupt vector: APIC enabled */
	movl $0x10000, 0x320(%esi)	/* timer: one shot, masked */
	movl $0xb, 0x3e0(%esi)		/* divide by 1 */
	movl $0xffffffff, 0x380(%esi)	/* initial count */
	movl $2, rounds
round:
	movl $SAMPLES, %edi
	movl $0xffffffff, best
sample:
	rdtsc
	movl %eax, %ebx
	movl %edx, %ebp
	movl 0x390(%esi), %ecx		/* current count */
	rdtsc
	movl %eax, %esp			/* no stack: a register like any other */
	subl %ebx, %esp
	cmpl best, %esp
	jae next
	movl %esp, best
	movl %ebx, result
	movl %ebp, result + 4
	movl %eax, result + 8
	movl %edx, result + 12
	movl %ecx, result + 16
next:
	decl %edi
	jnz sample

	movl $result, %ebx
	movl $RESULT_BYTES, %ecx
	movw $0xe9, %dx
write:
	movb (%ebx), %al
	outb %al, %dx
	incl %ebx
	decl %ecx
	jnz write

	decl rounds
	jz end
	movl result + 16, %ebx
	subl $PAUSE_NS, %ebx
pause_loop:
	cmpl %ebx, 0x390(%esi)
	ja pause_loop
	jmp round
end:
	movb $0x10, %al
	movw $0xf4, %dx
	outb %al, %dx
	hlt
	jmp end
