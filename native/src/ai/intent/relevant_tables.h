#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "ai/intent/schema.h"

namespace mydba::ai::intent {

/// The tables that a question seems to be about, the likeliest first, `k` at most: what a model is
/// shown instead of the whole catalogue. Words are looked for in names, columns and comments, rare
/// ones count more; tables that foreign keys tie to a good one gain. Tables without any word in
/// common are left out. Linear in the catalogue and in the question.
std::vector<TableId> relevantTables(std::string_view question, const Schema& schema, std::size_t k);

}  // namespace mydba::ai::intent
