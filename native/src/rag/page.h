#pragma once

// What an official page says, for the user to read beside our own document about it.
//
// It is for the user's eyes alone: no function takes it further. A model gets documents by
// rag/library.h and texts as ai/redact/redacted_text.h, which nothing makes of a page; and nothing
// keeps it on disk.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/cancel.h"
#include "base/result.h"

namespace mydba::rag {

/// The main part of an HTML page (UTF-8), or the section that `fragment` (of its address, without
/// the `#`) names: from the element of that name to the next heading that is not below its own; an
/// item of a list alone. Where nothing has that name, the main part. Markdown in which nothing is a
/// link, a picture or markup of the page's; at most `limit` bytes and a sentence that says so.
/// Any thread. Errors: those of HtmlTree::parse, `unsupported` when there is nothing to read.
Result<std::string> readPage(std::string_view html, std::string_view fragment,
                             const CancelToken& cancel, std::size_t limit = std::size_t{64} * 1024);

}  // namespace mydba::rag
