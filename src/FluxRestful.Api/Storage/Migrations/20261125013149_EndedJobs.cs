using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FluxRestful.Api.Storage.Migrations
{
    /// <inheritdoc />
    public partial class EndedJobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "EndedJobs",
                columns: table => new
                {
                    JobId = table.Column<long>(type: "INTEGER", nullable: false),
                    Submitted = table.Column<double>(type: "REAL", nullable: false),
                    Ended = table.Column<double>(type: "REAL", nullable: false),
                    TenantId = table.Column<int>(type: "INTEGER", nullable: true),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    RequestId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    Urgency = table.Column<int>(type: "INTEGER", nullable: false),
                    Priority = table.Column<long>(type: "INTEGER", nullable: true),
                    StatesSeen = table.Column<int>(type: "INTEGER", nullable: false),
                    DependAt = table.Column<double>(type: "REAL", nullable: true),
                    PriorityAt = table.Column<double>(type: "REAL", nullable: true),
                    SchedAt = table.Column<double>(type: "REAL", nullable: true),
                    RunAt = table.Column<double>(type: "REAL", nullable: true),
                    CleanupAt = table.Column<double>(type: "REAL", nullable: true),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                    Command = table.Column<string>(type: "TEXT", nullable: true),
                    Cwd = table.Column<string>(type: "TEXT", nullable: true),
                    Queue = table.Column<string>(type: "TEXT", nullable: true),
                    Project = table.Column<string>(type: "TEXT", nullable: true),
                    Bank = table.Column<string>(type: "TEXT", nullable: true),
                    Tasks = table.Column<int>(type: "INTEGER", nullable: true),
                    Nodes = table.Column<int>(type: "INTEGER", nullable: true),
                    Cores = table.Column<int>(type: "INTEGER", nullable: true),
                    Gpus = table.Column<int>(type: "INTEGER", nullable: true),
                    Duration = table.Column<double>(type: "REAL", nullable: true),
                    Expiration = table.Column<double>(type: "REAL", nullable: true),
                    Ranks = table.Column<string>(type: "TEXT", nullable: true),
                    NodeList = table.Column<string>(type: "TEXT", nullable: true),
                    Annotations = table.Column<string>(type: "TEXT", nullable: true),
                    Dependencies = table.Column<string>(type: "TEXT", nullable: true),
                    WaitStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    Success = table.Column<bool>(type: "INTEGER", nullable: false),
                    ExceptionType = table.Column<string>(type: "TEXT", nullable: true),
                    ExceptionSeverity = table.Column<int>(type: "INTEGER", nullable: true),
                    ExceptionNote = table.Column<string>(type: "TEXT", nullable: true),
                    Result = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EndedJobs", x => new { x.JobId, x.Submitted });
                });

            migrationBuilder.CreateIndex(
                name: "IX_EndedJobs_Ended",
                table: "EndedJobs",
                column: "Ended");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EndedJobs");
        }
    }
}
