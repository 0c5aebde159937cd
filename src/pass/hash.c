/*
 * hash.c: SHA-256 over a list of parts.
 */
#include "pass/hash.h"

void rg__hash_part(SHA256_CTX *hash, rg_string part)
{
    uint8_t length[8];
    for (size_t i = 0; i < sizeof(length); i++) {
        length[i] = (uint8_t)((uint64_t)part.size >> (8 * i));
    }
    SHA256Update(hash, length, sizeof(length));
    SHA256Update(hash, (const uint8_t *)part.data, part.size);
}

void rg__hash_finish(rg_uuid *out, SHA256_CTX *hash)
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Final(digest, hash);
    for (size_t i = 0; i < sizeof(digest); i++) {
        out->text[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        out->text[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    out->text[2 * sizeof(digest)] = '\0';
}
