#pragma once

#include <cstdint>
#include <string_view>

namespace mydba::sql {

/// 64 bits of `text`, the same on every machine and in every release: fingerprints are stored. Not
/// for anything an attacker must not be able to steer.
std::uint64_t hash64(std::string_view text);

}  // namespace mydba::sql
