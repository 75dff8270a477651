#include "rag/html.h"

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <string>
#include <utility>

#include "base/fold_case.h"
#include "base/wait.h"

namespace mydba::rag {
namespace {

constexpr std::size_t alignment = alignof(std::max_align_t);
constexpr std::size_t pieceBytes = std::size_t{1} << 20;
constexpr int allocationsBetweenLooks = 1024;

/// A block of memory; what is given out follows it.
struct alignas(alignment) Piece {
  Piece* previous;
};

Error tooIntricate() {
  return {.code = ErrorCode::tooLarge,
          .message = "the page is too intricate to be read here",
          .hint = "open it in the browser"};
}

}  // namespace

struct HtmlTree::Arena {
  std::size_t memory;
  Clock::time_point end;
  CancelToken cancel;
  std::jmp_buf leave;  ///< where a parser goes that has exceeded a limit
  Piece* last = nullptr;
  char* free = nullptr;
  std::size_t left = 0;
  int untilLook = allocationsBetweenLooks;

  /// Has no variable with a destructor: it may be left by longjmp.
  void* take(std::size_t bytes) {
    if (--untilLook == 0) {
      untilLook = allocationsBetweenLooks;
      if (cancel.cancelled() || Clock::now() > end) std::longjmp(leave, 1);
    }
    const std::size_t whole = (std::max<std::size_t>(bytes, 1) + alignment - 1) & ~(alignment - 1);
    if (whole > left) add(whole);
    char* given = free;
    free += whole;
    left -= whole;
    return given;
  }

 private:
  void add(std::size_t wanted) {
    const std::size_t size = sizeof(Piece) + std::max(wanted, pieceBytes);
    void* bytes = size <= memory ? std::malloc(size) : nullptr;
    if (!bytes) std::longjmp(leave, 1);
    memory -= size;
    last = new (bytes) Piece{last};
    free = reinterpret_cast<char*>(last + 1);
    left = size - sizeof(Piece);
  }
};

void HtmlTree::FreeArena::operator()(Arena* arena) const {
  for (Piece* piece = arena->last; piece != nullptr;)
    std::free(std::exchange(piece, piece->previous));
  delete arena;
}

/// Nothing when a limit was exceeded. Here longjmp leads to, so nothing in it has a destructor.
GumboOutput* HtmlTree::read(Arena& arena, std::string_view html) {
  if (setjmp(arena.leave) != 0) return nullptr;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = [](void* from, std::size_t bytes) {
    return static_cast<Arena*>(from)->take(bytes);
  };
  options.deallocator = [](void*, void*) {};
  options.userdata = &arena;
  options.max_errors = 0;
  return ::gumbo_parse_with_options(&options, html.data(), html.size());
}

Result<HtmlTree> HtmlTree::parse(std::string_view html, const CancelToken& cancel,
                                 const HtmlLimits& limits) {
  std::string folded;
  appendFolded(folded, html);
  if (folded.find("<frameset") != std::string::npos)
    return Error{.code = ErrorCode::unsupported,
                 .message = "the page is made of frames",
                 .hint = "open it in the browser"};
  OwnedArena arena(
      new Arena{.memory = limits.memory, .end = Clock::now() + limits.time, .cancel = cancel});
  const GumboOutput* output = read(*arena, html);
  if (cancel.cancelled()) return cancel.error();
  if (!output) return tooIntricate();
  return HtmlTree(std::move(arena), output->root);
}

}  // namespace mydba::rag
