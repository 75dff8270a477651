#include "rag/library.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto question = arguments.text("question", 2000);
  const auto engine = arguments.optionalText("engine", 50);
  const auto version = arguments.optionalText("version", 100);
  const auto limit = arguments.integer("limit", 5, 1, 10);
  if (auto complete = arguments.complete(); !complete) return complete.error();
  Json documents = Json::array();
  for (const auto& hit : desk.documents().search({.text = question,
                         .engine = engine,
                         .version = version,
                         .k = static_cast<std::size_t>(limit)}))
    documents.push_back({{"document", hit.anchor},
                         {"title", hit.title},
                         {"url", hit.url},
                         {"engine", hit.engine},
                         {"text", hit.text}});
  return Json{{"documents", std::move(documents)}};
}

}  // namespace

extern const Tool searchDocs{
    .name = "search_docs",
    .title = "Search the documents",
    .description =
        "Passages on engines for a question: plan steps, locks, settings, errors with "
        "their causes and fixes, each with the official page to cite. Use it before a "
        "claim about how an engine behaves.",
    .run = run};

}  // namespace mydba::tools
