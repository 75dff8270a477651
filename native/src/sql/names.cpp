#include "sql/names.h"

#include <utility>

namespace mydba::sql {

std::optional<ReadName> readName(const TokenList& tokens, std::size_t at) {
  const auto isPart = [&](std::size_t index) {
    const TokenKind kind = tokens[index].kind;
    return tokens.isName(index) || kind == TokenKind::string || kind == TokenKind::number;
  };
  if (!isPart(at)) return std::nullopt;
  ReadName read{.name = {.name = tokens.value(at), .position = tokens[at].start}, .next = at + 1};
  while (tokens.isSymbol(read.next, '.')) {
    const std::size_t part = read.next + 1;
    if (tokens.isSymbol(part, '*')) {  // DELETE t.* FROM
      read.next = part + 1;
      break;
    }
    if (tokens.isSymbol(part, '.')) {  // db..t
      ++read.next;
      continue;
    }
    if (!isPart(part)) break;
    std::string& schema = read.name.schema;
    if (!schema.empty()) schema += '.';
    schema += read.name.name;
    read.name.name = tokens.value(part);
    read.next = part + 1;
  }
  return read;
}

}  // namespace mydba::sql
