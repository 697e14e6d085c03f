// What every Windows since 10 has and Wine 8 has not: where the standard library takes its random numbers from. Only for
// trials; never shipped.
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p, SIZE_T n) {
    while (n) { ULONG k = n > 65536 ? 65536 : (ULONG)n; if (!SystemFunction036(p, k)) return FALSE; p += k; n -= k; }
    return TRUE;
}
