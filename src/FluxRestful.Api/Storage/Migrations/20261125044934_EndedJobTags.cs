using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FluxRestful.Api.Storage.Migrations
{
    /// <inheritdoc />
    public partial class EndedJobTags : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Tags",
                table: "EndedJobs",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Tags",
                table: "EndedJobs");
        }
    }
}
