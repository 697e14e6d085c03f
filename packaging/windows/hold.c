/* For the trial alone: keeps a file open so that nobody else may, as a scanner of viruses does. HOLD.EXE file seconds */
#include <stdlib.h>
#include <windows.h>

int wmain(int n, wchar_t **words) {
    HANDLE file;
    if (n != 3) return 2;
    file = CreateFileW(words[1], GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return 1;
    Sleep((DWORD)_wtoi(words[2]) * 1000);
    CloseHandle(file);
    return 0;
}
