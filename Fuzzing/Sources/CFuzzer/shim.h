#include <stddef.h>
#include <stdint.h>

// libFuzzer as a library, whose own header the toolchain does not ship: https://llvm.org/docs/LibFuzzer.html
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*readOneInput)(const uint8_t *data, size_t size));
