using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FluxRestful.Api.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ClusterHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Announcements",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Announcements", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ClusterSamples",
                columns: table => new
                {
                    Step = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    CoresAllocated = table.Column<double>(type: "REAL", nullable: false),
                    CoresFree = table.Column<double>(type: "REAL", nullable: false),
                    CoresDown = table.Column<double>(type: "REAL", nullable: false),
                    GpusAllocated = table.Column<double>(type: "REAL", nullable: false),
                    GpusFree = table.Column<double>(type: "REAL", nullable: false),
                    GpusDown = table.Column<double>(type: "REAL", nullable: false),
                    NodesAllocated = table.Column<double>(type: "REAL", nullable: false),
                    NodesFree = table.Column<double>(type: "REAL", nullable: false),
                    NodesDown = table.Column<double>(type: "REAL", nullable: false),
                    Pending = table.Column<double>(type: "REAL", nullable: false),
                    Running = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClusterSamples", x => new { x.Step, x.At });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Announcements");

            migrationBuilder.DropTable(
                name: "ClusterSamples");
        }
    }
}
