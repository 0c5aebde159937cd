/*
 * replay.c: runs a fuzzer over saved inputs, without libFuzzer. An input that was found to break something stays in
 * fuzz/corpus/ for ever.
 *
 * usage: replay_<name> FOLDER
 */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

static void replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    FUZZ_REQUIRE(file != NULL);
    FUZZ_REQUIRE(fseek(file, 0, SEEK_END) == 0);
    long size = ftell(file);
    FUZZ_REQUIRE(size >= 0);
    rewind(file);
    /* An exact allocation, so that AddressSanitizer sees a read past the end. */
    uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
    FUZZ_REQUIRE(data != NULL && fread(data, 1, (size_t)size, file) == (size_t)size);
    fclose(file);
    (void)LLVMFuzzerTestOneInput(data, (size_t)size);
    free(data);
}

int main(int count, char **words)
{
    size_t replayed = 0;
    char path[4096];
    struct dirent *entry;
    DIR *folder = count == 2 ? opendir(words[1]) : NULL;
    FUZZ_REQUIRE(folder != NULL);
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        int size = snprintf(path, sizeof(path), "%s/%s", words[1], entry->d_name);
        FUZZ_REQUIRE(size > 0 && (size_t)size < sizeof(path));
        fprintf(stderr, "%s\n", entry->d_name);
        replay(path);
        replayed++;
    }
    closedir(folder);
    printf("%zu inputs\n", replayed);
    return replayed > 0 ? 0 : 1;
}
