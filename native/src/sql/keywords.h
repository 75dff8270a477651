#pragma once

// The words that the readers of statements ask for. A word is looked up once, when its token is
// taken; from then on keywords are compared as numbers. Not a list of what is reserved anywhere.

#include <cstdint>
#include <string_view>

namespace mydba::sql {

// One line for each would take five pages.
// clang-format off
#define MYDBA_SQL_KEYWORDS(X) \
  X(add, "ADD") X(all, "ALL") X(alter, "ALTER") X(analyse, "ANALYSE") X(analyze, "ANALYZE") \
  X(and_, "AND") X(any, "ANY") X(array, "ARRAY") X(as, "AS") X(asc, "ASC") X(attach, "ATTACH") \
  X(authorization, "AUTHORIZATION") X(begin, "BEGIN") X(between, "BETWEEN") X(by, "BY") \
  X(call, "CALL") X(cascade, "CASCADE") X(case_, "CASE") X(cast, "CAST") \
  X(character, "CHARACTER") X(charset, "CHARSET") X(check, "CHECK") X(close, "CLOSE") \
  X(cluster, "CLUSTER") X(collate, "COLLATE") X(comment, "COMMENT") X(commit, "COMMIT") \
  X(concurrent, "CONCURRENT") X(concurrently, "CONCURRENTLY") X(conflict, "CONFLICT") \
  X(constraint, "CONSTRAINT") X(constraints, "CONSTRAINTS") X(copy, "COPY") X(create, "CREATE") \
  X(cross, "CROSS") X(cursor, "CURSOR") X(database, "DATABASE") X(deallocate, "DEALLOCATE") \
  X(declare, "DECLARE") X(default_, "DEFAULT") X(delayed, "DELAYED") X(delete_, "DELETE") \
  X(desc, "DESC") X(describe, "DESCRIBE") X(detach, "DETACH") X(distinct, "DISTINCT") \
  X(do_, "DO") X(drop, "DROP") X(dumpfile, "DUMPFILE") X(duplicate, "DUPLICATE") \
  X(else_, "ELSE") X(end, "END") X(escape, "ESCAPE") X(except, "EXCEPT") X(execute, "EXECUTE") \
  X(exists, "EXISTS") X(explain, "EXPLAIN") X(extended, "EXTENDED") X(false_, "FALSE") \
  X(fetch, "FETCH") X(filter, "FILTER") X(for_, "FOR") X(foreign, "FOREIGN") \
  X(format, "FORMAT") X(from, "FROM") X(full, "FULL") X(function, "FUNCTION") X(glob, "GLOB") \
  X(global, "GLOBAL") X(grant, "GRANT") X(group, "GROUP") X(handler, "HANDLER") \
  X(having, "HAVING") X(highPriority, "HIGH_PRIORITY") X(identified, "IDENTIFIED") X(if_, "IF") \
  X(ignore, "IGNORE") X(ilike, "ILIKE") X(immediate, "IMMEDIATE") X(in, "IN") X(index, "INDEX") \
  X(infile, "INFILE") X(inner, "INNER") X(insert, "INSERT") X(intersect, "INTERSECT") \
  X(interval, "INTERVAL") X(into, "INTO") X(is, "IS") X(join, "JOIN") X(key, "KEY") \
  X(lateral, "LATERAL") X(left, "LEFT") X(like, "LIKE") X(limit, "LIMIT") X(load, "LOAD") \
  X(local, "LOCAL") X(lock, "LOCK") X(lowPriority, "LOW_PRIORITY") \
  X(materialized, "MATERIALIZED") X(merge, "MERGE") X(names, "NAMES") X(natural, "NATURAL") \
  X(no, "NO") X(not_, "NOT") X(null, "NULL") X(of, "OF") X(offset, "OFFSET") X(on, "ON") \
  X(only, "ONLY") X(option, "OPTION") X(or_, "OR") X(order, "ORDER") X(outer, "OUTER") \
  X(outfile, "OUTFILE") X(over, "OVER") X(overlaps, "OVERLAPS") X(partition, "PARTITION") \
  X(partitions, "PARTITIONS") X(password, "PASSWORD") X(persist, "PERSIST") \
  X(persistOnly, "PERSIST_ONLY") X(plan, "PLAN") X(pragma, "PRAGMA") X(prepare, "PREPARE") \
  X(primary, "PRIMARY") X(procedure, "PROCEDURE") X(program, "PROGRAM") X(query, "QUERY") \
  X(quick, "QUICK") X(read, "READ") X(recursive, "RECURSIVE") X(references, "REFERENCES") \
  X(regexp, "REGEXP") X(release, "RELEASE") X(rename, "RENAME") X(replace, "REPLACE") \
  X(reset, "RESET") X(restrict, "RESTRICT") X(returning, "RETURNING") X(revoke, "REVOKE") \
  X(right, "RIGHT") X(rlike, "RLIKE") X(role, "ROLE") X(rollback, "ROLLBACK") X(row, "ROW") \
  X(rows, "ROWS") X(savepoint, "SAVEPOINT") X(select, "SELECT") X(session, "SESSION") \
  X(set, "SET") X(share, "SHARE") X(show, "SHOW") X(similar, "SIMILAR") X(some, "SOME") \
  X(sql, "SQL") X(statement, "STATEMENT") X(stdin_, "STDIN") X(stdout_, "STDOUT") \
  X(straightJoin, "STRAIGHT_JOIN") X(system, "SYSTEM") X(table, "TABLE") X(tables, "TABLES") \
  X(tablesample, "TABLESAMPLE") X(temp, "TEMP") X(temporary, "TEMPORARY") X(then, "THEN") \
  X(to, "TO") X(transaction, "TRANSACTION") X(trigger, "TRIGGER") X(true_, "TRUE") \
  X(truncate, "TRUNCATE") X(union_, "UNION") X(unique, "UNIQUE") X(unknown, "UNKNOWN") \
  X(unlock, "UNLOCK") X(unlogged, "UNLOGGED") X(update, "UPDATE") X(use, "USE") \
  X(using_, "USING") X(vacuum, "VACUUM") X(value, "VALUE") X(values, "VALUES") \
  X(verbose, "VERBOSE") X(view, "VIEW") X(when, "WHEN") X(where, "WHERE") X(window, "WINDOW") \
  X(with, "WITH") X(within, "WITHIN") X(write, "WRITE") X(xor_, "XOR")
// clang-format on

enum class Keyword : std::uint8_t {
  none,
#define MYDBA_SQL_KEYWORD_ENUMERATOR(name, text) name,
  MYDBA_SQL_KEYWORDS(MYDBA_SQL_KEYWORD_ENUMERATOR)
#undef MYDBA_SQL_KEYWORD_ENUMERATOR
};

/// The keyword that `word` is in any case, or `none`.
Keyword findKeyword(std::string_view word);

}  // namespace mydba::sql
