#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engines/mysql/what_if_session.h"

namespace mydba::mysql {

/// How many rows of a table are copied at most, and how many bytes; of larger ones a sample is.
constexpr double wholeTableRows = 200'000;
constexpr double wholeTableBytes = 256e6;

/// A table in a scratch database that stands for one of the user's.
class TableCopy {
 public:
  /// `own` must outlive it.
  TableCopy(Session& own, TableFacts real, std::string scratch)
      : own_(own), real_(std::move(real)), scratch_(std::move(scratch)) {}

  /// Makes the table and fills it. The user's is read once, without locks where it is InnoDB's.
  Result<void> make(const CancelToken& cancel);
  /// After an index was added: what the server has counted in a sample, for the whole table.
  Result<void> correct(const std::string& index, const CancelToken& cancel);
  /// Bytes that the index would have on the user's table, where the server says so.
  Result<std::optional<double>> size(const std::string& index, const CancelToken& cancel);

  const TableFacts& real() const { return real_; }
  std::string name() const;
  const std::vector<std::string>& notices() const { return notices_; }

 private:
  bool isInnodb() const { return real_.engine == "InnoDB"; }
  bool isMariadb() const { return own_.flavour().id == mariadbFlavour.id; }
  Result<void> fill(const CancelToken& cancel);
  Result<void> sample(const std::string& columns, double rows, const CancelToken& cancel);
  Result<void> carryStatistics(const CancelToken& cancel);
  Result<void> carryHistograms(const CancelToken& cancel);
  Result<void> carryEngineIndependent(const CancelToken& cancel);
  Result<double> distinctIn(const std::string& columns, const CancelToken& cancel);
  Result<void> reload(const CancelToken& cancel);

  Session& own_;
  TableFacts real_;
  std::string scratch_;
  double copied_ = 0;
  double share_ = 1;  ///< of the user's rows
  std::vector<std::string> notices_;
};

}  // namespace mydba::mysql
