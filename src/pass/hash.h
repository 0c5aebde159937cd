/*
 * hash.h: SHA-256 over a list of parts, for uuids.
 */
#ifndef RG_PASS_HASH_H
#define RG_PASS_HASH_H

#include <regraft/pass_config.h>

#include <sha256.h>

/* Parts are hashed with their lengths before them, so that no two lists of parts run together to the same bytes. */
void rg__hash_part(SHA256_CTX *hash, rg_string part);
void rg__hash_finish(rg_uuid *out, SHA256_CTX *hash);

#endif
