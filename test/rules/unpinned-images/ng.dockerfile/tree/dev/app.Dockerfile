FROM node:22.9
RUN make
