#pragma once

#include <vector>

#include "ai/redact/conversation.h"
#include "ai/redact/schema_part.h"

namespace mydba::ai {

/// Appends tables, one a line with its indexes and references below it, as far as `extent` goes.
void redactSchema(Draft& draft, Conversation& conversation, const std::vector<SchemaPart>& parts,
                  SchemaExtent extent);

/// Appends the type of a column, as the server spells it.
void redactType(Draft& draft, Conversation& conversation, std::string_view type);

}  // namespace mydba::ai
