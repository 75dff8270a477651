#pragma once

// What a rewrite of the folder rewrites/ is made of.
//
// A rewrite is one file: what it is called, why the other text may be faster, the document that
// explains it, and a function that writes the statement anew where it can. The folder is the
// registry (rewrites.inc is generated).
//
// By the rules of SQL the other text returns the same rows, NULLs and duplicates included; where
// that needs a key or a column without NULLs, the definitions of the tables must say so, and what
// cannot be known (what a text column holds) is said in `Draft::holdsWhile`. Whether it is faster
// nobody can know: that, and once more the rows, is for compare.h to find out. So a rewrite is free
// to try, and not free to guess.

#include <string_view>
#include <vector>

#include "optimize/context.h"
#include "optimize/draft.h"

namespace mydba::optimize {

struct Rewrite {
  std::string_view title;     ///< what to do: `Compare the column itself with a range`
  std::string_view why;       ///< one or two sentences
  std::string_view document;  ///< anchor in rag-docs
  std::vector<Draft> (*drafts)(const Context& context);
};

}  // namespace mydba::optimize
