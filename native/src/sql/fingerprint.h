#pragma once

// The same query with other values, list lengths, case, spacing or comments has the same
// fingerprint.
//
// Folded are: values, parameters, TRUE, FALSE and NULL as values (`?`), their sign and type
// (`-1`, `'1'::int`, `date '…'`), the second and later value of any list, rows like the row before,
// comments, blanks, the case of keywords and of names where the dialect does not tell it apart,
// quotes around simple names, INNER and OUTER, `!=`, and the names of savepoints, cursors and
// prepared statements. That is what libpg_query folds, as far as it can be told from tokens;
// tests/sql/fingerprints lists where it goes further.

#include <cstdint>
#include <string>
#include <string_view>

#include "sql/dialect.h"

namespace mydba::sql {

struct Fingerprint {
  std::string text;
  std::uint64_t hash = 0;

  /// 16 hexadecimal digits.
  std::string hashText() const;
};

/// Of one statement, as `split` found it. Linear in its length; never fails. The fingerprint of a
/// fingerprint's text is the same again.
Fingerprint fingerprint(std::string_view statement, const Dialect& dialect);

}  // namespace mydba::sql
