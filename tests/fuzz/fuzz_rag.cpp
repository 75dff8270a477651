// Files of a user's folder, front matter and questions may hold anything: sections keep every line,
// terms are bounded, scopes that are read again from their own words are the same.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "rag/document.h"
#include "rag/folder.h"
#include "rag/scope.h"
#include "rag/terms.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mydba::rag;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const StopWords stopWords("the a of");
  std::vector<std::string> terms;
  TermReader(stopWords).read(text, terms);
  for (const std::string& term : terms)
    if (term.empty() || term.size() > 256) std::abort();

  std::size_t bytes = 0;
  for (const Passage& passage : sectionsOf("a.md", text)) {
    if (!passage.anchor.starts_with("user:a.md")) std::abort();
    bytes += passage.text.size();
  }
  if (bytes > size + 1) std::abort();  // a last line without an end gets one

  if (const auto document = readDocument("a", text))
    if (const auto scope = parseScope(document->engine, document->versions))
      (void)fitOf(*scope, "postgres", parseVersion(document->title));
  return 0;
}
