#pragma once

#include <optional>
#include <vector>

#include "ai/intent/schema.h"

namespace mydba::ai::intent {

/// A foreign key from one table to another.
struct Reference {
  TableId from = 0;
  TableId to = 0;
  const SchemaForeignKey* key = nullptr;
};

/// The foreign keys that lead from `from` to `to`, each row to at most one; the shortest way, of
/// two keys at most. Nothing when there is none, or two that are as short.
std::optional<std::vector<Reference>> referencePath(const Schema& schema, TableId from, TableId to);

/// The columns of `to` that `key` refers to, its primary key where the key does not say.
std::vector<std::string> referencedColumns(const Schema& schema, const Reference& reference);

}  // namespace mydba::ai::intent
