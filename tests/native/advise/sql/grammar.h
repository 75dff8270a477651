#pragma once

// Whether a text is SQL of a dialect: libpg_query for PostgreSQL, SQLite itself, and our own
// readers for servers that are not in this process.

#include <string>

namespace mydba::advise {

/// What is said against a text; empty when it is accepted. Tables need not be there.
std::string refusal(const std::string& sql, const std::string& dialect);

}  // namespace mydba::advise
