#pragma once

#include <cstddef>
#include <optional>

#include "sql/statement.h"
#include "sql/token_list.h"

namespace mydba::sql {

struct ReadName {
  ObjectName name;
  std::size_t next = 0;  ///< index behind it
};

/// `a`, `a.b`, `"a"."b"`, `a.*`; also a string, where strings are taken for names. Nothing when no
/// name is at `at`.
std::optional<ReadName> readName(const TokenList& tokens, std::size_t at);

}  // namespace mydba::sql
