# The entry point: proves, and exits with 0.

.globl _start
_start:
    call {prove}
    xor edi, edi
    mov eax, 60
    syscall

# The routines that core asks of its platform and that compiled code calls unasked. Elsewhere libc
# has them.

.globl memcpy
memcpy:
    mov rax, rdi
    mov rcx, rdx
    rep movsb
    ret

.globl memmove
memmove:
    cmp rdi, rsi
    jbe memcpy
    mov rax, rdi
    mov rcx, rdx
    lea rdi, [rdi + rdx - 1]
    lea rsi, [rsi + rdx - 1]
    std
    rep movsb
    cld
    ret

.globl memset
memset:
    mov r8, rdi
    mov eax, esi
    mov rcx, rdx
    rep stosb
    mov rax, r8
    ret

.globl memcmp, bcmp
memcmp:
bcmp:
    mov rcx, rdx
    xor eax, eax
    repe cmpsb
    je 2f
    movzx eax, byte ptr [rdi - 1]
    movzx ecx, byte ptr [rsi - 1]
    sub eax, ecx
2:  ret
