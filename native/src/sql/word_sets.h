#pragma once

// What the readers of statements know of single words.

#include <string_view>

#include "sql/keyword_set.h"

namespace mydba::sql {

/// Reserved enough to be neither a function nor a table.
inline constexpr KeywordSet reservedWords{
    Keyword::all,       Keyword::and_,      Keyword::any,          Keyword::array,
    Keyword::as,        Keyword::between,   Keyword::by,           Keyword::case_,
    Keyword::character, Keyword::check,     Keyword::conflict,     Keyword::cross,
    Keyword::default_,  Keyword::distinct,  Keyword::else_,        Keyword::end,
    Keyword::escape,    Keyword::except,    Keyword::exists,       Keyword::filter,
    Keyword::for_,      Keyword::foreign,   Keyword::from,         Keyword::group,
    Keyword::having,    Keyword::ilike,     Keyword::in,           Keyword::index,
    Keyword::inner,     Keyword::intersect, Keyword::interval,     Keyword::into,
    Keyword::is,        Keyword::join,      Keyword::key,          Keyword::lateral,
    Keyword::like,      Keyword::limit,     Keyword::materialized, Keyword::natural,
    Keyword::not_,      Keyword::null,      Keyword::of,           Keyword::on,
    Keyword::only,      Keyword::or_,       Keyword::order,        Keyword::over,
    Keyword::partition, Keyword::primary,   Keyword::references,   Keyword::regexp,
    Keyword::returning, Keyword::rlike,     Keyword::row,          Keyword::rows,
    Keyword::select,    Keyword::set,       Keyword::some,         Keyword::straightJoin,
    Keyword::table,     Keyword::then,      Keyword::to,           Keyword::union_,
    Keyword::unique,    Keyword::using_,    Keyword::values,       Keyword::when,
    Keyword::where,     Keyword::with,      Keyword::within,       Keyword::xor_};

/// Can stand between a verb and its table, or between FROM and it.
inline constexpr KeywordSet wordsBeforeTables{
    Keyword::only,    Keyword::lateral,  Keyword::lowPriority, Keyword::highPriority,
    Keyword::delayed, Keyword::quick,    Keyword::ignore,      Keyword::into,
    Keyword::or_,     Keyword::rollback, Keyword::replace,     Keyword::table};

/// A value can follow, so that a TRUE, a NULL or a sign there belongs to one.
inline constexpr KeywordSet wordsBeforeValues{
    Keyword::and_,   Keyword::between, Keyword::by,     Keyword::default_,  Keyword::distinct,
    Keyword::else_,  Keyword::having,  Keyword::in,     Keyword::like,      Keyword::limit,
    Keyword::offset, Keyword::on,      Keyword::or_,    Keyword::returning, Keyword::select,
    Keyword::then,   Keyword::to,      Keyword::values, Keyword::when,      Keyword::where};

/// Statements whose first name is only a handle within the session.
inline constexpr KeywordSet wordsBeforeHandles{
    Keyword::close,   Keyword::deallocate, Keyword::declare,  Keyword::execute,
    Keyword::prepare, Keyword::release,    Keyword::savepoint};

/// A type that a length can follow, so that it looks like a call, and that is no function.
bool isTypeWord(std::string_view word);

}  // namespace mydba::sql
