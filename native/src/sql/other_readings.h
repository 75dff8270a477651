#pragma once

// What is text or comment when a server reads quotes in another mode.
//
// Which mode is in force is not known from a text: `sql_mode` of MySQL and MariaDB (ANSI_QUOTES,
// NO_BACKSLASH_ESCAPES), `standard_conforming_strings` of PostgreSQL. `'C:\', 'Ann'` is two texts,
// or one and the name Ann. So what may be a text is treated as one. Only a backslash before a quote
// makes modes differ, so texts without one cost one search.

#include <cstddef>
#include <string_view>
#include <vector>

#include "sql/dialect.h"
#include "sql/lexer.h"

namespace mydba::sql {

class OtherReadings {
 public:
  /// Of a whole text, as it is split. A reading that leaves a quote open counts only when the
  /// dialect's own does too, or glues a word to a text, which nobody writes: else every `'it\'s'`
  /// would hide the rest of its text.
  OtherReadings(std::string_view text, const Dialect& dialect);

  /// True when the bytes are within a text or comment of some reading. Callers ask in rising order
  /// of `start`.
  bool hides(std::size_t start, std::size_t end);

 private:
  struct Range {
    std::size_t start = 0;
    std::size_t end = 0;
  };
  struct Reading {
    std::vector<Range> ranges;
    bool complete = true;
    bool glued = false;  ///< a word touches the end of a text
  };

  static Reading read(std::string_view text, const Dialect& dialect);

  std::vector<Range> hidden_;
  std::size_t at_ = 0;
};

}  // namespace mydba::sql
