#pragma once

#include <string_view>

namespace mydba::ai {

/// True for a word with a digit, `_`, `-` or a capital inside that the documents of this program,
/// or its own statements, have in them (`utf8mb4`, `pg_stat_activity`, `InnoDB`, `SHA-256`), in any
/// case: what is published says nothing about a user. Of other words it says nothing. Any thread.
bool isPublicWord(std::string_view word);

/// True for a name that an engine brings along: a setting, a function, or what begins as they call
/// theirs and is documented (`pg_stat_activity`). An example of a document, `order_items`, is none.
bool isEngineName(std::string_view name);

/// True for a function that some engine here brings along.
bool isBuiltInFunction(std::string_view name);
/// True for a setting or pragma of some engine.
bool isBuiltInSetting(std::string_view name);

}  // namespace mydba::ai
