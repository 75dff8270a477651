#pragma once

// The answers of the chat that need no model: computed from the catalogue, the plan and the process
// list. Each is a pure function from values to Markdown; all text of a database in it is escaped.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "types.h"

namespace mydba {
class Catalogue;
}

namespace mydba::ai {

std::string helpAnswer();
std::string connectionsAnswer(std::span<const protocol::ChatSession> sessions,
                              const std::optional<std::string>& active);
/// The number of a document in the answer, as Markdown.
using Cite = std::function<std::string(const protocol::Citation&)>;
/// Foreign text with one full stop: some are written without.
std::string sentence(std::string_view text);
/// A list of what was found out, each with its document.
std::string findingsAnswer(std::span<const protocol::Finding> findings, const Cite& cite);
std::string planAnswer(const protocol::ExplainResult& plan, std::string_view flavour,
                       const Cite& cite);
/// Where the time of a run went.
std::string profileAnswer(const protocol::Profile& profile, const Cite& cite);
std::string processesAnswer(const protocol::ProcessSnapshot& snapshot);
/// What failed, why, and what to do about it.
std::string errorAnswer(const Error& error);

/// What a schema answer is made of; read on the meta lane.
struct SchemaFacts {
  std::string subject;  ///< path of the object described; empty for an overview
  struct Section {
    std::string title;  ///< `Indexes`
    std::vector<protocol::TreeNode> nodes;
    bool more = false;  ///< there are more than were read
  };
  std::vector<Section> sections;
  std::vector<protocol::TreeNode> otherMatches;
};
/// Reads the overview, or, when `wanted` names something, the best match with its parts. Bounded to
/// a few catalogue calls. `notConnected` never; `invalidParams` when nothing matches.
Result<SchemaFacts> readSchema(Catalogue& catalogue, std::string_view wanted,
                               const CancelToken& cancel);
/// An object with its columns, indexes and whatever else the catalogue has below it.
Result<SchemaFacts> readParts(Catalogue& catalogue, const protocol::TreeNode& object,
                              const CancelToken& cancel);
std::string schemaAnswer(const SchemaFacts& facts);

}  // namespace mydba::ai
