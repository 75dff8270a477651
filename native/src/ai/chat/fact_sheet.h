#pragma once

// What was computed in one turn of the chat, before any model is asked: what the user sees first,
// and what a model is told.

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ai/redact/redactor.h"
#include "base/error.h"
#include "rag/library.h"
#include "types.h"

namespace mydba::ai {

struct FactSheet {
  std::optional<std::string> sql;              ///< what the turn is about
  std::vector<protocol::ExplainResult> plans;  ///< of `sql`; of two statements, in their order
  std::vector<protocol::Finding> findings;     ///< of everything else
  std::vector<SchemaPart> schema;
  std::optional<Error> error;       ///< what went wrong, of `sql`
  std::vector<rag::Hit> documents;  ///< numbered from 1
};

/// The facts for a model: values and comments out, names as the user wants them.
RedactedText describe(const FactSheet& facts, Redactor& redactor, SchemaExtent extent);

}  // namespace mydba::ai
