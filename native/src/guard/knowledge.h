#pragma once

// What is known of functions, settings, pragmas, statements and commands, by name.
//
// The knowledge is text in data/<dialect>.txt, so that it can be read and corrected beside the
// manual. A file has sections: `[function read]` is followed by names of functions whose effect is
// the check `read` of checks.cpp; `[include]` by names of files to read as well; `#` starts a
// comment, which names the source. What no file names is unknown, and unknown is never harmless.

#include <string_view>
#include <vector>

#include "guard/checks.h"
#include "sql/dialect.h"

namespace mydba::guard {

class Knowledge {
 public:
  /// Of a dialect. Static storage duration; any thread.
  static const Knowledge& of(const sql::Dialect& dialect);

  /// The effect of `name`, in any case, a `what`: function, setting, pragma, verb, command, … Null
  /// when it is not known.
  const Check* find(std::string_view what, std::string_view name) const;

  /// True when PRAGMA `name` only tells something, with or without an argument.
  bool pragmaReads(std::string_view name, bool hasArgument) const;

  struct Entry {
    std::string_view what;
    std::string_view name;
    const Check* effect;
  };
  /// Sorted by what and name.
  const std::vector<Entry>& entries() const { return entries_; }

  /// Of one file, with those that it includes. An effect that is no check is an entry with null.
  explicit Knowledge(std::string_view file);

 private:
  void read(std::string_view file);

  std::vector<Entry> entries_;
};

}  // namespace mydba::guard
