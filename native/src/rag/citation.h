#pragma once

#include <string_view>

#include "types.h"

namespace mydba::rag {

/// An anchor taken apart: `all/sql-rules#deep-offset`, or a whole document.
struct Anchor {
  std::string_view document;
  std::string_view section;  ///< empty: the whole document
};

Anchor readAnchor(std::string_view anchor);

/// What a finding cites. The title names the section too, and its page is the section's own where
/// it has one. Of an anchor that leads nowhere title and page are empty. Searches all documents:
/// who cites the same thousands of times keeps it.
protocol::Citation cite(std::string_view anchor);

}  // namespace mydba::rag
