function grid = small
%SMALL  Hand-written for the reader's tests: no real network.
%{
grid.bus = [ this block is a comment ];
%}
define_constants;
label = 'it''s [not] a matrix; % nor a comment';
grid.version = "2";
grid.baseMVA = 50;  % MVA
grid.note = {'a', 'b;', {'c'}};
grid.extra.bus = [1 2 3];

grid.bus = [ ... numbers need not be consecutive
	10	3	0	0	5	-10	1	1.02	0	345	1	1.1	0.9;
	7, 1, 20, 1e1, 0, 0, 1, 0.98, -3, 345, 1, 1.1, 0.9 % commas, no semicolon
	300	2	+5.	.5	0	0	1	1	...
		2.5	345	1	Inf	-Inf; 4	4	0	0	0	0	1	1	0	345	1	NaN	0

];
grid.gen = [10 30 4 inf -Inf 1.02 50 1; 300 12 1 9 0 1 50 1; 300 8 2 9 0 1 50 0];
grid.branch = [
	10	7	0.01	0.1	0.02	0	0	0	0	0	1;
	7	300	0.02	0.2	0	0	0	0	0.95	30	1;
	300	10	0	-0.05	0	0	0	0	0	0	0;	% out of service
	300	4	0	0.05	0	0	0	0	0	0	1;	% to an isolated bus
];
grid.gencost = [2 0 0 3
	0.1 20 0 0];
if a == b, disp('done'), end
grid.bus_name = {
	'North';
	'South [';
};
