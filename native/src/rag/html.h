#pragma once

// The tree of an HTML page, by libgumbo (https://github.com/google/gumbo-parser).
//
// The page comes from outside, so reading it needs limits that libgumbo lacks. What it allocates
// comes from an arena, which has a size and looks at the clock and the cancel token now and then.
// Beyond a limit the parser is left by longjmp: it is C without destructors, and all that it had is
// the arena's. The tree goes with the arena too: libgumbo would free it by recursion, as deep as
// the elements are nested. What it frees before is not used again. For the same reason a page with
// frames is refused, as `<frameset>` makes the parser free the body that it has read so far. Who
// walks the tree must not use recursion either.

#include <gumbo.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

#include "base/cancel.h"
#include "base/result.h"

namespace mydba::rag {

struct HtmlLimits {
  std::size_t memory = std::size_t{512} * 1024 * 1024;  ///< bytes that the parser may take
  std::chrono::milliseconds time{10'000};
};

/// A value; the nodes live as long as it.
class HtmlTree {
 public:
  /// Takes any bytes, in UTF-8. Errors: `tooLarge` beyond a limit, `unsupported` for frames,
  /// `cancelled`.
  static Result<HtmlTree> parse(std::string_view html, const CancelToken& cancel,
                                const HtmlLimits& limits = {});

  /// The `html` element, which every page has.
  const GumboNode& root() const { return *root_; }

 private:
  struct Arena;
  struct FreeArena {
    void operator()(Arena* arena) const;
  };
  using OwnedArena = std::unique_ptr<Arena, FreeArena>;

  HtmlTree(OwnedArena arena, const GumboNode* root) : arena_(std::move(arena)), root_(root) {}
  static GumboOutput* read(Arena& arena, std::string_view html);

  OwnedArena arena_;
  const GumboNode* root_;
};

}  // namespace mydba::rag
