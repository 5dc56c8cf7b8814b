#include "textflag.h"

DATA quotes<>+0(SB)/8, $0x2222222222222222
DATA quotes<>+8(SB)/8, $0x2222222222222222
GLOBL quotes<>(SB), RODATA|NOPTR, $16

DATA backslashes<>+0(SB)/8, $0x5c5c5c5c5c5c5c5c
DATA backslashes<>+8(SB)/8, $0x5c5c5c5c5c5c5c5c
GLOBL backslashes<>(SB), RODATA|NOPTR, $16

DATA spaces<>+0(SB)/8, $0x2020202020202020
DATA spaces<>+8(SB)/8, $0x2020202020202020
GLOBL spaces<>(SB), RODATA|NOPTR, $16

// func spreadBlocks(dst, text *byte, length int, shuffles *[256][16]byte) (read, wrote int)
//
// Every eight bytes are shuffled into sixteen, backslashes among them, by the
// entry of the table for the set of bytes that want one; the next eight begin
// behind what counts of that.
TEXT ·spreadBlocks(SB), NOSPLIT, $0-48
	MOVQ  dst+0(FP), DI
	MOVQ  text+8(FP), SI
	MOVQ  length+16(FP), CX
	MOVQ  shuffles+24(FP), R8
	MOVOU quotes<>(SB), X8
	MOVOU backslashes<>(SB), X9
	MOVOU spaces<>(SB), X10
	MOVQ  DI, R9
	MOVQ  SI, R10

block:
	CMPQ CX, $16
	JLT  done
	MOVOU (SI), X0

	// Bytes below a space, and as signed numbers those above 0x7f as well.
	MOVOU    X10, X1
	PCMPGTB  X0, X1
	PMOVMSKB X1, AX
	TESTL    AX, AX
	JNE      done

	MOVOU    X0, X1
	PCMPEQB  X8, X1
	MOVOU    X0, X2
	PCMPEQB  X9, X2
	POR      X2, X1
	PMOVMSKB X1, BX
	MOVBLZX  BX, DX
	SHRL     $8, BX

	MOVOU      X0, X1
	PUNPCKLQDQ X9, X1          // the first eight bytes, then backslashes
	PUNPCKHQDQ X9, X0          // the last eight bytes, then backslashes
	MOVQ       DX, R11
	SHLQ       $4, R11
	MOVOU      (R8)(R11*1), X3
	PSHUFB     X3, X1
	MOVOU      X1, (DI)
	POPCNTL    DX, DX
	LEAQ       8(DI)(DX*1), DI

	MOVQ    BX, R11
	SHLQ    $4, R11
	MOVOU   (R8)(R11*1), X3
	PSHUFB  X3, X0
	MOVOU   X0, (DI)
	POPCNTL BX, BX
	LEAQ    8(DI)(BX*1), DI

	ADDQ $16, SI
	SUBQ $16, CX
	JMP  block

done:
	SUBQ R10, SI
	MOVQ SI, read+32(FP)
	SUBQ R9, DI
	MOVQ DI, wrote+40(FP)
	RET
