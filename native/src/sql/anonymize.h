#pragma once

// SQL text without the values in it: what may be shown, logged or sent on.
//
// What remains are the words of the language, names and operators. Texts become `'?'`, numbers `1`
// (the one number that may stand nearly everywhere: as a length, a position, a limit), and typed
// literals a fixed value of their type (`date '2000-01-01'`, `x'00'`), so that what could be parsed
// still can. Comments, commands of clients and COPY data are gone. A secret is masked even where it
// was written like a name (`IDENTIFIED BY hunter2`). Of commands, only the name and the sub-command
// remain. What may be a text is one (sql/value_lexer.h): where a mode of the server decides, and in
// SQLite a double-quoted column on the right side of a comparison too. TRUE, FALSE and NULL say
// nothing about anybody and stay.

#include <cstdint>
#include <string>
#include <string_view>

#include "sql/dialect.h"

namespace mydba::sql {

enum class Names : std::uint8_t { keep, tag };

/// Any number of statements, with `;` and a line end between them. With Names::tag, tables are
/// called `t1`, `t2` …, other names `c1` …, and the same name gets the same tag; functions keep
/// theirs. With Names::keep, each statement keeps its fingerprint. Linear in the text; never fails.
std::string anonymize(std::string_view text, const Dialect& dialect, Names names = Names::keep);

}  // namespace mydba::sql
