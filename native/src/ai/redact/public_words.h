#pragma once

#include <string_view>

namespace mydba::ai {

/// True for a word with a digit, `_`, `-` or a capital inside that the documents of this program,
/// or its own statements, have in them (`utf8mb4`, `pg_stat_activity`, `InnoDB`, `SHA-256`), in any
/// case: what is published says nothing about a user. Of other words it says nothing. Any thread.
bool isPublicWord(std::string_view word);

/// True for a function that some engine here brings along.
bool isBuiltInFunction(std::string_view name);
/// True for a setting or pragma of some engine.
bool isBuiltInSetting(std::string_view name);

}  // namespace mydba::ai
