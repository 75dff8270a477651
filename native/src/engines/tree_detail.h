#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace mydba {

/// What the tree says beside a name: the facts that there are (not empty), as
/// `integer · primary key · not null`. Every engine tells a column's in the order type, key, not
/// null, how its value is made, default; PostgreSQL's statements do the same with concat_ws().
std::string treeDetail(std::initializer_list<std::string_view> facts);

/// The fact of a column's default, `default 7`: as the server writes it, its beginning. Empty where
/// there is none.
std::string defaultFact(std::string_view expression);

}  // namespace mydba
