// Plans with indexes that are not there.
//
// Everything happens in a session beside the user's, so that DDL does not commit his transaction
// and no setting has to be put back: when the connection goes, it all goes, but for what the server
// keeps. That is scratch databases and indexes; they have names of ours, are dropped however the
// call ends, and when the helper is killed the next what-if says where they are.
//
// MariaDB has no index that one session alone uses: IGNORED indexes (10.6) are ignored by all, and
// optimizer_switch has nothing to turn that off ("Ignored Indexes", MariaDB documentation). Neither
// server can take back DDL.

#include "engines/mysql/what_if.h"

#include <utility>

#include "base/embedded.h"
#include "engines/mysql/what_if_copy.h"
#include "engines/mysql/what_if_invisible.h"
#include "engines/mysql/what_if_table.h"

namespace mydba::mysql {
namespace {

using protocol::WhatIfMethod;
using protocol::WhatIfWay;

constexpr std::int64_t firstWithInvisible = 80000;

/// EXPLAIN needs the privileges of what it explains.
constexpr std::string_view statisticsProbes[] = {
    "EXPLAIN UPDATE mysql.innodb_table_stats SET n_rows = n_rows + 1 WHERE database_name = ''",
    "EXPLAIN UPDATE mysql.innodb_index_stats SET stat_value = stat_value + 1 WHERE database_name = "
    "''"};

/// What this account may do, as far as the server tells it.
struct Rights {
  bool logs = false;       ///< the server has a binary log
  bool mayNotLog = false;  ///< the account can stay out of it
  bool createsScratch = true;
  bool writesStatistics = true;
  std::string account;  ///< as GRANT takes it
};

class MysqlWhatIf final : public WhatIf {
 public:
  explicit MysqlWhatIf(Session& session) : session_(session) {}

  Result<std::vector<WhatIfWay>> ways(const CancelToken& cancel) override {
    const auto rights = readRights(cancel);
    if (!rights) return rights.error();
    return std::vector<WhatIfWay>{copyWay(*rights), invisibleWay(*rights)};
  }

  Result<WhatIfPlans> plan(const guard::CheckedStatement& statement,
                           std::span<const sql::IndexWish> indexes, WhatIfMethod method,
                           const CancelToken& cancel) override {
    auto own = openBeside(session_, cancel);
    if (!own) return own.error();
    const auto way = method == WhatIfMethod::copy ? planInCopy : planWithInvisible;
    return way(session_, **own, statement.text(), indexes, cancel);
  }

 private:
  bool isMariadb() const { return session_.flavour().id == mariadbFlavour.id; }

  Result<Rights> readRights(const CancelToken& cancel) {
    Rights rights;
    const auto rows = session_.query(
        embeddedSql("mysql", isMariadb() ? "what_if_rights_mariadb" : "what_if_rights_mysql"),
        cancel);
    if (!rows && (!session_.alive() || cancel.cancelled())) return rows.error();
    // Servers before MySQL 8.0 do not tell in this way; they then refuse by themselves.
    if (rows && !rows->empty()) {
      const Row& row = rows->front();
      rights.logs = row[0] != "0";
      rights.mayNotLog = row[1] == "1";
      rights.createsScratch = row[2] == "1";
      rights.account = row[3].value_or("");
    }
    for (const auto probe : statisticsProbes) {
      const auto allowed = session_.query(probe, cancel);
      if (!allowed && (!session_.alive() || cancel.cancelled())) return allowed.error();
      if (!allowed) rights.writesStatistics = false;
    }
    return rights;
  }

  static std::string ofReplicas(const Rights& rights) {
    if (!rights.logs) return "";
    return rights.mayNotLog ? " It is kept out of the binary log, so replicas do not see it."
                            : " It goes to the binary log, and so to replicas.";
  }

  WhatIfWay copyWay(const Rights& rights) const {
    WhatIfWay way{.method = WhatIfMethod::copy};
    const auto most = std::to_string(static_cast<int>(wholeTableRows / 1000)) + ",000 rows";
    way.touches =
        "Creates a scratch database (mydba_whatif_…), copies the tables of the statement "
        "into it with their statistics, of a table of more than " +
        most + " a sample, and drops it. Your tables are only read." + ofReplicas(rights);
    if (session_.holdsReadOnly()) {
      way.unavailable = "the connection is read-only, and a scratch database would be written";
    } else if (!rights.createsScratch) {
      way.unavailable = "this account may not create scratch databases";
      way.fix = "GRANT ALL ON `mydba\\_whatif\\_%`.* TO " + rights.account + ';';
    } else if (!rights.writesStatistics) {
      way.unavailable = "this account may not give a copy the statistics of its table";
      way.fix = "GRANT SELECT, UPDATE ON mysql.innodb_table_stats TO " + rights.account +
                "; GRANT SELECT, UPDATE ON mysql.innodb_index_stats TO " + rights.account + ';';
    }
    return way;
  }

  WhatIfWay invisibleWay(const Rights& rights) const {
    WhatIfWay way{.method = WhatIfMethod::invisible};
    if (isMariadb()) {
      way.unavailable =
          "MariaDB ignores an IGNORED index in all sessions: none can be told to use it alone";
    } else if (session_.server().versionNumber < firstWithInvisible) {
      way.unavailable = "invisible indexes came with MySQL 8.0";
    } else if (session_.holdsReadOnly()) {
      way.unavailable = "the connection is read-only, and an index would be built";
    }
    if (way.unavailable) return way;
    way.touches =
        "Builds each index on your table, INVISIBLE, so that only this plan uses it, and "
        "drops it again. That takes disk and time as for any index, slows writes down "
        "meanwhile, and locks the table for a moment at the beginning and at the end." +
        ofReplicas(rights);
    return way;
  }

  Session& session_;
};

}  // namespace

std::unique_ptr<WhatIf> makeWhatIf(Session& session) {
  return std::make_unique<MysqlWhatIf>(session);
}

}  // namespace mydba::mysql
