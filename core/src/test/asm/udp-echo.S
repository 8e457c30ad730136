# Sends every datagram that arrives at UDP port 53 back to where it came from. For the image of PublishedPortsIT: busybox
# has nothing that listens for datagrams.
#
#   as -o udp-echo.o udp-echo.S && ld -s -N -z noseparate-code --build-id=none -o udp-echo udp-echo.o
#   head -c 237 udp-echo | base64 -w 88      (section headers are nothing that a kernel reads)

        .globl  _start
_start: sub     $2048, %rsp
        mov     $41, %eax               # socket(AF_INET, SOCK_DGRAM, 0)
        mov     $2, %edi
        mov     $2, %esi
        xor     %edx, %edx
        syscall
        mov     %eax, %ebx
        movq    $0, 8(%rsp)             # 0.0.0.0:53
        movq    $0x35000002, (%rsp)
        mov     $49, %eax               # bind
        mov     %ebx, %edi
        mov     %rsp, %rsi
        mov     $16, %edx
        syscall
again:  movl    $16, 16(%rsp)
        mov     $45, %eax               # recvfrom
        mov     %ebx, %edi
        lea     32(%rsp), %rsi
        mov     $1500, %edx
        xor     %r10d, %r10d
        mov     %rsp, %r8
        lea     16(%rsp), %r9
        syscall
        mov     %eax, %edx
        mov     $44, %eax               # sendto
        mov     $16, %r9d
        syscall
        jmp     again
