#pragma once

// What several rules for tables ask, which indexes and types are alike, and how they write names.

#include <string>
#include <vector>

#include "advise/catalogue/facts.h"

namespace mydba::advise {

/// Below so many rows reading the whole table costs nothing.
inline constexpr double fewRows = 1000;

/// The same columns in the same order, by the same method, of the same rows.
bool sameKeys(const IndexFacts& a, const IndexFacts& b);
/// `index` begins with all columns of `other`, and serves whatever that one serves.
bool startsWith(const IndexFacts& index, const IndexFacts& other);
/// The index finds all rows that have values in these columns: they are its first ones, in any
/// order.
bool serves(const IndexFacts& index, const std::vector<std::string>& columns);
/// The type in lower case without length and display width: `int unsigned`.
std::string baseType(const std::string& type);
/// Two columns can be compared as they are.
bool comparable(const ColumnFacts& a, const ColumnFacts& b, const CatalogueFacts& facts);
/// A name or type of the server in a message: between backticks, and so that it ends there.
std::string inCode(std::string text);
/// Names, so that few stand for many: `a`, `b` and 4 more.
std::string listed(const std::vector<std::string>& names);
/// A whole number.
std::string inWords(double number);

}  // namespace mydba::advise
