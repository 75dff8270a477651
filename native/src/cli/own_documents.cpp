#include "cli/own_documents.h"

#include <cstdio>

#include "cli/report.h"
#include "rag/folder.h"

namespace mydba::cli {

Result<void> addOwnDocuments(const std::string& folder, std::string_view command,
                             rag::Library& library) {
  rag::Folder files(folder);
  const auto report = files.refresh();
  if (!report) return report.error();
  for (const std::string& skipped : report->skipped)
    std::fprintf(stderr, "mydba: %.*s: skipped %s\n", static_cast<int>(command.size()),
                 command.data(), printable(skipped).c_str());
  library.setOwn(files.passages());
  return {};
}

}  // namespace mydba::cli
