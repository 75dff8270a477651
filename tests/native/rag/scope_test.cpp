#include "rag/scope.h"

#include "native/catch.h"

namespace mydba::rag {
namespace {

Fit fit(std::string_view engines, std::string_view versions, std::string_view engine,
        std::string_view version) {
  const auto scope = parseScope(engines, versions);
  REQUIRE(scope);
  return fitOf(*scope, engine, parseVersion(version));
}

}  // namespace

TEST_CASE("a document holds in its range of versions, ends included", "[rag]") {
  CHECK(fit("postgres", "14-18", "postgres", "14.0") == Fit::right);
  CHECK(fit("postgres", "14-18", "postgres", "18.4 (Debian 18.4-1)") == Fit::right);
  CHECK(fit("postgres", "14-18", "postgres", "13.9") == Fit::otherVersion);
  CHECK(fit("postgres", "14-18", "postgres", "19beta1") == Fit::otherVersion);
  CHECK(fit("mysql", "8.0-9.6", "mysql", "8.0.36-28") == Fit::right);
  CHECK(fit("mysql", "8.4-9.6", "mysql", "8.0.36") == Fit::otherVersion);
  CHECK(fit("mysql", "8.0-9.6", "mysql", "9.7.0") == Fit::otherVersion);
  CHECK(fit("sqlite", "3.35-", "sqlite", "3.60.1") == Fit::right);
  CHECK(fit("sqlite", "3.35-", "sqlite", "3.4") == Fit::otherVersion);
  CHECK(fit("postgres", "14-18", "mysql", "8.0") == Fit::otherEngine);
}

TEST_CASE("several engines have a range each, all engines none", "[rag]") {
  const char* engines = "mysql, mariadb";
  const char* versions = "mysql 8.0-9.6, mariadb 10.6-12.1";
  CHECK(fit(engines, versions, "mariadb", "10.11.6-MariaDB") == Fit::right);
  CHECK(fit(engines, versions, "mysql", "10.11.6") == Fit::otherVersion);
  CHECK(fit(engines, versions, "redis", "8.0") == Fit::otherEngine);
  CHECK(fit("all", "any", "redis", "8.0") == Fit::right);
  CHECK(fitOf(*parseScope("redis", "6.2-8.4"), std::nullopt, std::nullopt) == Fit::right);
  CHECK(fit("redis", "6.2-8.4", "redis", "unknown") == Fit::right);
}

TEST_CASE("a scope that makes no sense is refused", "[rag]") {
  for (const auto& [engines, versions] :
       {std::pair("postgres", ""), std::pair("postgres", "14"), std::pair("postgres", "14-x"),
        std::pair("postgres", "mysql 8.0-9.6"), std::pair("all", "14-18"),
        std::pair("mysql, mariadb", "8.0-9.6"), std::pair("mysql", "8.0-9.6, 5.7-8.0"),
        std::pair("mysql, mariadb", "mysql 8.0-9.6, mysql 8.0-9.6")}) {
    INFO(engines << ": " << versions);
    CHECK_FALSE(parseScope(engines, versions));
  }
}

}  // namespace mydba::rag
